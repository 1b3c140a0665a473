package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A process is the bot that is measured.
type process struct {
	cmd     *exec.Cmd
	address string
}

// start runs the bot on loopback, with limits that let a few members ask all the questions.
func start(ctx context.Context, program, publicKey string) (*process, error) {
	cmd := exec.CommandContext(ctx, program, "serve")
	cmd.Env = append([]string{"OPS_ADDR=127.0.0.1:0"}, os.Environ()...) // an OPS_ADDR of ours lets profiles be taken
	cmd.Env = append(cmd.Env, "DISCORD_TOKEN=", "DISCORD_PUBLIC_KEY="+publicKey, "HTTP_ADDR=127.0.0.1:0",
		"LIBRARY=memory:", "DATABASE_URL=", "LOG_FORMAT=json", "LOG_LEVEL=info", "MEMBER_LIMIT=60000", "GUILD_LIMIT=60000")
	cmd.Dir = os.TempDir()
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the bot: %w", err)
	}
	address := make(chan string, 1)
	go func() {
		defer close(address)
		lines := bufio.NewScanner(log)
		for lines.Scan() { // all of it: a bot whose log nobody reads stands still
			var record struct {
				Address string `json:"http_addr"`
			}
			if json.Unmarshal(lines.Bytes(), &record) == nil && record.Address != "" {
				address <- record.Address
			}
		}
	}()
	p := &process{cmd: cmd}
	select {
	case p.address = <-address:
	case <-time.After(10 * time.Second):
	}
	if p.address == "" {
		p.stop()
		return nil, errors.New("the bot does not say where it listens")
	}
	time.Sleep(500 * time.Millisecond) // its index is built by then
	return p, nil
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// resident is the memory that the bot takes, in MiB; 0 where the system does not tell.
func (p *process) resident() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	number, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	kib, _ := strconv.Atoi(number)
	return float64(kib) / 1024
}

// processor is the processor's time that the bot has taken; 0 where the system does not tell.
func (p *process) processor() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // a tick, on every Linux
}
