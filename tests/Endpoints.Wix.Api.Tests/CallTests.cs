using System.Reflection;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Api.Tests;

/// <summary>What compilers read of a module says the same as what is sent.</summary>
public sealed class CallTests
{
    private static readonly Type[] Modules =
    [
        .. Verticals.Built.Values.Append(typeof(SiteProperties).Assembly).SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => typeof(WixModule).IsAssignableFrom(type) && !type.IsAbstract),
    ];

    [Fact]
    public void Every_method_that_calls_says_its_operation_and_permissions()
    {
        foreach (var module in Modules)
        {
            var operations = Operations(module).ToDictionary(static operation => operation.ToString());
            foreach (var method in module.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(static method => method.Name.EndsWith("Async", StringComparison.Ordinal)))
            {
                var call = Assert.Single(method.GetCustomAttributes<CallsWixAttribute>());
                Assert.Equal(operations[call.Operation].PermissionIds, call.PermissionIds);
            }
        }
    }

    [Fact]
    public void Every_operation_has_a_constant_for_Only()
    {
        foreach (var module in Modules)
        {
            var constants = module.GetNestedType("Calls")!.GetFields().Select(static field => (string)field.GetRawConstantValue()!);
            Assert.Equal(
                Operations(module).Select(static operation => operation.ToString()).Order(StringComparer.Ordinal),
                constants.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_constant_of_a_method_names_the_methods_own_operation()
    {
        var products = typeof(Stores.ProductsV3);

        Assert.Equal("PATCH /stores/v3/products/{product.id}", Stores.ProductsV3.Calls.UpdateProduct);
        Assert.All(
            products.GetNestedType("Calls")!.GetFields(),
            field => Assert.Equal(
                field.GetRawConstantValue(),
                products.GetMethod($"{field.Name}Async")!.GetCustomAttribute<CallsWixAttribute>()!.Operation));
    }

    [Fact]
    public void Queries_and_typed_items_say_what_they_call()
    {
        var methods = new[] { typeof(DataQuery), typeof(TypedItems<>) }
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(static method => method.Name.EndsWith("Async", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(methods);
        Assert.All(
            methods, static method => Assert.Matches(new Regex("^(GET|POST) /wix-data/v2/items"),
                Assert.Single(method.GetCustomAttributes<CallsWixAttribute>()).Operation));
    }

    private static IEnumerable<WixOperation> Operations(Type module) =>
        (module.GetNestedType("Operations") is { } operations
            ? operations.GetProperties(BindingFlags.Public | BindingFlags.Static).Select(static property => property.GetValue(null))
            : module.GetFields(BindingFlags.NonPublic | BindingFlags.Static).Select(static field => field.GetValue(null)))
        .OfType<WixOperation>();
}
