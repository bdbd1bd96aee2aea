// Processes that are started and killed leave no time for tests beside them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
