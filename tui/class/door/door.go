// Package door opens what a class listens at, in the way of each system: a socket that
// only its teacher can reach; and says why a port cannot be had, and how to come to one.
package door

import (
	"errors"
	"fmt"
)

// Why says what to do where nobody can be listened to.
func Why(address string, err error) error {
	switch {
	case errors.Is(err, portTaken):
		return fmt.Errorf("%s is taken, perhaps by another class: end that, or choose another port with --listen, as :2223", address)
	case errors.Is(err, portForbidden):
		return fmt.Errorf("%s is not for everybody: choose a port from 1024 with --listen, as :2222", address)
	case errors.Is(err, noAddress):
		return fmt.Errorf("%s is no address of this machine: --listen :2222 takes all that it has", address)
	}
	return fmt.Errorf("%w: --listen takes an address as :2222", err)
}
