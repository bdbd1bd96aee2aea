using Endpoints.Validation.Tests.Validation;

namespace Endpoints.Validation.Tests.Pages;

public static class Orders
{
    public static string Post(Order order) => order.Customer!;

    public static string Put(Failing failing) => failing.ToString();
}
