using Benchmarks.Requests;

namespace Benchmarks.Pages;

public static class ProductById
{
    public static Product Get(int id) => new(id, "Espresso cup", 12.5m);
}
