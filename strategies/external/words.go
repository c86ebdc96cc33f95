package external

type dialect struct{}

func speaks(s Spec) dialect { return dialect{} }
