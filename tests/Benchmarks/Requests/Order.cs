namespace Benchmarks.Requests;

public sealed record Order(string Customer, int Quantity, string[] Items);
