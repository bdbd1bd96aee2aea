namespace Benchmarks.Elevation;

public sealed record Receipt(string? Caller, string Order, int Quantity);
