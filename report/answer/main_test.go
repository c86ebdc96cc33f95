package answer

import (
	"testing"

	"photofinish/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
