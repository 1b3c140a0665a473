package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
)

// listen opens an address. setting names where it comes from, for the error.
func listen(setting string, a address) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", string(a))
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s=%s is in use by another program: stop that one, or choose another address", setting, a)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s=%s is not allowed to this user: choose a port from 1024 up", setting, a)
	}
	var e *net.OpError
	if errors.As(err, &e) {
		err = e.Err // without the address, which the sentence has named
	}
	return nil, fmt.Errorf("%s=%s cannot be listened on: %w", setting, a, err)
}
