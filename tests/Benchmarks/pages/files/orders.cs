using Benchmarks.Requests;

namespace Benchmarks.Pages;

public static class Orders
{
    public static Order Post(Order order) => order;
}
