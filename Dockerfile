# The bot in a container: one static binary, no shell, no user but its own, no secret.
# deploy/ has it run by Compose and by Kubernetes; docs/hosting.md tells more.
#
#   docker build --build-arg VERSION=v1.0.0 --build-arg REVISION="$(git rev-parse HEAD)" -t verbatim .
#   docker run --env-file .env --read-only -v verbatim:/data verbatim
#
# For several architectures at once: docker buildx build --platform linux/amd64,linux/arm64 …
# The build stage runs on the builder's own and compiles for the target's.

FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
# The modules are a layer of their own: they change less often than the program.
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
ARG VERSION= REVISION=
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags "-s -w -X main.version=$VERSION -X main.revision=$REVISION" -o /bot ./cmd/bot && \
    mkdir /data

# distroless/static holds the CA certificates that calls to Discord need, and next to nothing else.
FROM gcr.io/distroless/static:nonroot
LABEL org.opencontainers.image.title="Verbatim" \
      org.opencontainers.image.description="A Discord bot that answers by quoting articles, word for word" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /bot /bot
# The servers' articles, unless DATABASE_URL names a database: the only place that is written to.
COPY --from=build --chown=65532:65532 /data /data
ENV LIBRARY=/data/library.db
VOLUME /data
# So that « library.db », as .env.example has it, is in the volume too.
WORKDIR /data
# Only HTTP delivery listens to others. The address for health checks stays within the container.
EXPOSE 8080
# The gateway may take a while to let the bot in: until then a failed check does not count.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/bot", "healthcheck"]
ENTRYPOINT ["/bot"]
# Without a token or a key it says so and ends: the page that it would serve on loopback has no visitors here.
CMD ["serve"]
