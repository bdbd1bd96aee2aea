using Benchmarks.Elevation;
using Benchmarks.Requests;
using Endpoints.Wix;

namespace Benchmarks.Pages;

[Elevate(Callers.Member, RateLimit = "100000000/1m")]
public static class ElevatedOrders
{
    public static Receipt Post(ValidatedOrder order, Caller caller) => new(caller.Id, order.Customer, order.Quantity);
}
