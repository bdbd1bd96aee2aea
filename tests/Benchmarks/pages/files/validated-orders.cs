using Benchmarks.Requests;

namespace Benchmarks.Pages;

public static class ValidatedOrders
{
    public static ValidatedOrder Post(ValidatedOrder order) => order;
}
