package library

import "context"

// A Quota is how much a server may keep. A field of 0 means the default.
type Quota struct {
	Articles int // 0 means 200
	Bytes    int // of the articles' texts together. 0 means 20 MiB
}

// Usage is how much a server keeps, of how much it may.
type Usage struct {
	Articles, Bytes int
	Quota           Quota // zero for the operator's shelf, which has none
}

// Usage returns how much a server keeps, and how much it may.
func (l *Library) Usage(ctx context.Context, guild string) (Usage, error) {
	u, err := l.usage(ctx, l.reader, guild)
	return u, l.ended(Listing, err)
}

func (l *Library) usage(ctx context.Context, q querier, guild string) (Usage, error) {
	u := Usage{Quota: l.o.Quota}
	if guild == "" {
		u.Quota = Quota{}
	}
	err := q.QueryRowContext(ctx, `SELECT count(*), CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM articles WHERE guild = $1`, guild).
		Scan(&u.Articles, &u.Bytes)
	return u, err
}

// fits fails with a [*QuotaError] when a server may not keep a record in the place of old, which may be nil.
func (l *Library) fits(ctx context.Context, tx querier, r *record, old *record) error {
	if r.Guild == "" {
		return nil
	}
	u, err := l.usage(ctx, tx, r.Guild)
	if err != nil {
		return err
	}
	articles, bytes := u.Articles+1, u.Bytes+r.Bytes
	if old != nil {
		articles, bytes = articles-1, bytes-old.Bytes
	}
	if articles > max(u.Articles, u.Quota.Articles) || bytes > max(u.Bytes, u.Quota.Bytes) {
		return &QuotaError{Usage: u, Bytes: r.Bytes}
	}
	return nil
}
