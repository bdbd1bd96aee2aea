namespace Benchmarks.Requests;

public sealed record ValidatedOrder(string Customer, int Quantity, string[] Items);
