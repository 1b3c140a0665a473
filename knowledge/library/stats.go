package library

// IndexStats is what [Indexes] hold and have done, for figures.
type IndexStats struct {
	Indexes int   // that are kept
	Bytes   int64 // that they take, by the estimate of [IndexOptions.Bytes]
	Built   uint64
	Failed  uint64 // builds
}

// Stats returns what the indexes hold now, and what they have done since they were made.
func (x *Indexes[T]) Stats() IndexStats {
	x.mu.Lock()
	defer x.mu.Unlock()
	return IndexStats{Indexes: len(x.kept.byKey), Bytes: x.kept.bytes, Built: x.built, Failed: x.failed}
}
