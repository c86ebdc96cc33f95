package explore_test

import (
	"context"
	"fmt"

	"photofinish/sim"
	"photofinish/sim/explore"
	"photofinish/strategies"
)

// Two updates at once can go wrong under naive, and cannot under
// hold-outgoing.
func Example() {
	for _, name := range []string{"naive", "hold-outgoing"} {
		e, err := strategies.Find(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		r := explore.Count(context.Background(), updates(2), func() sim.Strategy { return e.For(nil) }, explore.Bounds{}, 1)
		fmt.Printf("%s: %d of %d classes end badly, %d orders in all\n", name, r.Bad(), r.Classes, r.Orders)
	}
	var x explore.Explorer
	naive, _ := strategies.Find("naive")
	shortest, _ := x.Shortest(context.Background(), updates(3), naive.For(nil), explore.Bounds{})
	fmt.Println(shortest.Schedule)
	// Output:
	// naive: 2 of 5 classes end badly, 10 orders in all
	// hold-outgoing: 0 of 2 classes end badly, 3 orders in all
	// u1 u2 u2> <u2 u1> <u1
}
