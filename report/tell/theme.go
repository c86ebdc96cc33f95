package tell

// Shade is a colour on a light and on a dark ground, as RGB, and the class by which
// style sheets name it.
type Shade struct {
	Class       string
	Light, Dark uint32
}

// Theme holds the colours of all that is drawn, in a terminal and in drawings. h1
// to h6 are those of actions; after six they repeat.
var Theme = [...]Shade{
	{"ground", 0xFBFAF7, 0x11151C},
	{"panel", 0xEFEDE7, 0x1B212B},
	{"text", 0x1B1F24, 0xE8ECF2},
	{"dim", 0x57606A, 0x9CA7B8},
	{"faint", 0x6C737B, 0x748094},
	{"rule", 0xD5D2CA, 0x323B49},
	{"h1", 0x2F6BE0, 0x62B2FF},
	{"h2", 0x9C6000, 0xFFBC1F},
	{"h3", 0xBC2F86, 0xEA58A6},
	{"h4", 0x454F08, 0x86B554},
	{"h5", 0x0B5F59, 0x22E5DE},
	{"h6", 0x5320D6, 0x9A74FF},
	{"good", 0x1B7450, 0x6FE3B0},
	{"wrong", 0x980E08, 0xFF4B37},
	{"loud", 0x8C6600, 0xF7DC2E},
	{"stuck", 0x6A3BC0, 0xCB82F2},
	{"unknown", 0x59606F, 0x8F98A8},
}
