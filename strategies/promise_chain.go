package strategies

// promiseChain starts an action when the
// promise of the one before resolves: save =
// save.then(…), or RxJS concatMap. Errors are
// not caught.
//
// Loses: a promise that is rejected never
// resolves. After the first error, a 404 too,
// nothing is ever sent again: it stays busy.
// See poisoned-chain, failure-first.
type promiseChain struct{ queueBall }

func (s *promiseChain) Reply(
	c *Client, r *Reply,
) {
	if r.OK() {
		s.queueBall.Reply(c, r)
	}
}
