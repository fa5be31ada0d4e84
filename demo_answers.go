package main

// What the crowd says. In each poll every question has as many people.

// councilAnswers are of 44 people in Tampere, to the set of one question per
// domain, and how long they have lived there.
func councilAnswers() []said {
	return []said{
		{13, 20, 6, 2, 2, 1}, // people of different backgrounds get on well
		{31, 10, 2, 1},       // the area is safe
		{10, 19, 9, 3, 2, 1}, // neighbours can be trusted
		{4, 11, 14, 9, 5, 1}, // I can influence decisions
		{11, 14, 11, 6, 2},   // less than 1 year, 1-4, 5-9, 10 and more
	}
}

// trustAnswers are of 24 people in Lieksa, most of them from 0 to 10.
func trustAnswers() []said {
	return []said{
		{1, 0, 1, 2, 2, 4, 3, 5, 3, 1, 0, 1, 1}, // most people
		{9, 9, 3, 1, 1, 1},                      // neighbours
		{0, 1, 0, 1, 1, 2, 3, 4, 6, 3, 2, 0, 1}, // the police
		{1, 1, 2, 2, 3, 5, 4, 3, 1, 0, 0, 1, 1}, // the municipality
	}
}

// safetyAnswers are of 40 people in Tornio, week after week: after the third the
// street lamps were mended.
func safetyAnswers() [][]said {
	return [][]said{
		{{19, 18, 2, 1}, {3, 7, 11, 11, 6, 1, 1}, {12, 12, 9, 5, 1, 1}, {13, 15, 10, 1, 1}},
		{{18, 19, 2, 1}, {3, 6, 12, 11, 6, 1, 1}, {11, 12, 10, 5, 1, 1}, {12, 16, 10, 1, 1}},
		{{15, 22, 2, 1}, {3, 6, 11, 12, 6, 1, 1}, {10, 13, 10, 5, 1, 1}, {12, 15, 11, 1, 1}},
		{{32, 6, 1, 1}, {6, 13, 12, 5, 2, 1, 1}, {19, 12, 5, 2, 1, 1}, {21, 12, 5, 1, 1}},
		{{31, 7, 1, 1}, {7, 14, 11, 5, 1, 1, 1}, {21, 12, 4, 1, 1, 1}, {24, 10, 4, 1, 1}},
	}
}

// neighbourAnswers are of 17 people in Tampere, to the poll that is open.
func neighbourAnswers() []said {
	return []said{
		{5, 7, 3, 1, 1, 0},    // I belong to the neighbourhood
		{3, 8, 4, 1, 1, 0},    // people pull together
		{4, 6, 3, 2, 1, 0, 1}, // how often I chat
		{7, 6, 2, 1, 1, 0},    // somebody would be there for me
	}
}

// eveningVotes are by number of the answer.
func eveningVotes() [][]string {
	return [][]string{
		{"1"}, {"1", "3"}, {"0"}, {"2"}, {"1", "2"}, {"3"}, {"1"}, {"0", "1"}, {"1"}, {"2", "3"}, {"1", "3"}, {"0"},
	}
}
