package strategies

// mutationScope is TanStack Query's mutations
// in one scope: they run one after the other,
// first in, first out, and each looks at the id
// in its own turn. One that fails ends, and the
// next one starts. This is the queue ball.
//
// Loses what the queue ball loses. An error
// ends in the mutation's state, where mutate()
// leaves it; the user learns of it only if
// onError says so, which here it does not.
// See failure-middle, fetch-then-edit.
type mutationScope struct{ queueBall }
