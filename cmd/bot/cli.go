package main

import (
	"io"
	"reflect"

	"github.com/alecthomas/kong"
)

// commands is the command line: a field for each subcommand. Flags may also be set by the environment
// variables that their tags name, and by those of the file .env.
type commands struct {
	Serve       serveCmd       `cmd:"" help:"Answer on Discord. The default when a token or a public key is set."`
	Ask         askCmd         `cmd:"" help:"Answer in the terminal."`
	Playground  playgroundCmd  `cmd:"" help:"Serve a page on this machine to try the bot without Discord. The default when neither a token nor a public key is set."`
	Eval        evalCmd        `cmd:"" help:"Measure how well questions are answered."`
	Article     articleCmd     `cmd:"" help:"The articles that servers keep, and those that every server knows."`
	Register    registerCmd    `cmd:"" help:"Make Discord's commands equal to the program's."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running bot whether it is well, for containers."`
	Version     versionCmd     `cmd:"" help:"Print the versions of the program and of what it is built on."`
}

const description = "Verbatim answers questions with sentences quoted from articles, word for word, or says that they do not answer."

// newParser returns the reader of command lines into c. exit is called after help was printed.
func newParser(c *commands, env *environment, stdout, stderr io.Writer, exit func(int)) (*kong.Kong, error) {
	k, err := kong.New(c,
		kong.Name("bot"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: maxWidth}),
		kong.ValueFormatter(describe),
		kong.Resolvers(kong.ResolverFunc(env.resolve)),
	)
	if err != nil {
		return nil, err
	}
	// kong would read the process's environment by itself, which leaves out .env and what a test
	// passes: [environment.resolve] does it instead. The names stay in kong.Flag.Envs.
	return k, kong.Visit(k.Model, func(v kong.Visitable, next kong.Next) error {
		if f, ok := v.(*kong.Flag); ok {
			f.Tag.Envs = nil
		}
		return next(nil)
	})
}

// describe is a flag's line in the help, with the variable that sets it.
func describe(v *kong.Value) string {
	if v.Flag == nil || len(v.Flag.Envs) == 0 {
		return v.Help
	}
	return v.Help + " [$" + v.Flag.Envs[0] + "]"
}

// resolve gives a flag that the command line does not set the value of its environment variable. It
// checks the value itself: kong's own message would name the flag, which nobody has typed.
func (e *environment) resolve(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	for _, name := range f.Envs {
		text, err := e.lookup(name)
		if err != nil {
			return nil, err
		}
		if text == "" {
			continue
		}
		scratch := reflect.New(f.Target.Type()).Elem()
		if err := f.Parse(kong.ScanFromTokens(kong.Token{Type: kong.FlagValueToken, Value: text}), scratch); err != nil {
			if f.IsBool() {
				err = &expectation{got: text, want: "true or false"}
			}
			return nil, wrongSetting(name, err)
		}
		return text, nil
	}
	return nil, nil
}

// refuseSecrets fails when a secret stands on the command line, where any user of the machine sees it.
func refuseSecrets(c *kong.Context) error {
	for _, path := range c.Path {
		if path.Flag == nil || path.Resolved || !isSecret(path.Flag.Target.Type()) {
			continue
		}
		return usagef("--%s: a secret on the command line is seen by every user of the machine: "+
			"set %s in the environment or in .env instead, and renew it", path.Flag.Name, path.Flag.Envs[0])
	}
	return nil
}

// isSecret reports whether values of a type are never shown.
func isSecret(t reflect.Type) bool {
	return t == reflect.TypeFor[secret]() || t == reflect.TypeFor[databaseURL]()
}

// defaultCommand is what a call without arguments does.
func defaultCommand(env *environment) (string, error) {
	for _, name := range []string{envToken, envPublicKey} {
		text, err := env.lookup(name)
		if err != nil {
			return "", err
		}
		if text != "" {
			return "serve", nil
		}
	}
	return "playground", nil
}
