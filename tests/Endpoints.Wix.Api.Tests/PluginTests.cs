using System.Reflection;
using System.Text.Json.Nodes;
using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Ecom;

namespace Endpoints.Wix.Api.Tests;

/// <summary>Each service plugin of the facts has a class, whose methods Wix's calls reach.</summary>
public sealed class PluginTests
{
    [Fact]
    public void Every_plugin_of_the_facts_has_its_methods_at_their_paths()
    {
        Assert.Equal(
            20, Verticals.Facts.Values.SelectMany(static services => services).Count(static service => service.Plugin is not null));
        var seen = 0;
        foreach (var (vertical, assembly) in Verticals.Built)
        {
            var tables = assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(WixPlugin)))
                .Select(static type => (WixPluginTable)typeof(PluginTests)
                    .GetMethod(nameof(TableOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!)
                .ToDictionary(static table => table.ExtensionType);
            var facts = Verticals.Facts[vertical].Select(static service => service.Plugin).OfType<Plugin>().ToList();
            Assert.Equal(facts.Select(static one => one.Type).Order(), tables.Keys.Order());
            foreach (var fact in facts)
            {
                seen++;
                Assert.Equal(fact.Methods.Select(static one => (one.Name, one.Path)),
                    tables[fact.Type].Methods.Select(static one => (one.Name, one.Path)));
            }
        }

        Assert.InRange(seen, 12, int.MaxValue);
    }

    [Fact]
    public void Every_declared_error_has_a_factory()
    {
        foreach (var (vertical, assembly) in Verticals.Built)
        {
            foreach (var service in Verticals.Facts[vertical].Where(static service => service.Plugin is { Errors.Count: > 0 }))
            {
                var made = assembly.GetExportedTypes()
                    .Single(type => type.IsSubclassOf(typeof(WixPlugin))
                        && string.Equals(type.Name, service.Name + "Plugin", StringComparison.OrdinalIgnoreCase))
                    .GetNestedType("Errors")!.GetMethods(BindingFlags.Public | BindingFlags.Static)
                    .Select(static method => (WixPluginException)method.Invoke(null, [new JsonObject { ["a"] = 1 }])!).ToList();

                Assert.Equal(service.Plugin!.Errors.Order(),
                    made.Select(static one => (one.StatusCode, one.ApplicationErrorCode)).Order());
                Assert.All(made, static one => Assert.Equal(1, (int)one.ErrorData!["a"]!));
            }
        }
    }

    [Fact]
    public async Task A_call_is_typed_and_so_is_its_answer()
    {
        var call = WixPluginCall.Parse("""
            {"metadata":{"appExtensionType":"ECOM_SHIPPING_RATES","instanceId":"i","currency":"EUR"},
            "request":{"lineItems":[{"name":"Cup","quantity":2,"physicalProperties":{"weight":0.5}}],
            "shippingDestination":{"country":"DE","addressLine":"Hafen 1"}}}
            """);

        var answer = await TableOf<Rates>().Methods.Single().InvokeAsync(new Rates(), call, CancellationToken.None);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"shippingRates":[{"code":"post","title":"Hafen 1, DE, 1 kg","cost":{"price":"4.90","currency":"EUR"}}]}
            """), answer), answer.ToJsonString());
    }

    [Fact]
    public async Task A_business_error_is_thrown_through()
    {
        var call = WixPluginCall.Parse("""{"metadata":{"appExtensionType":"ECOM_SHIPPING_RATES","instanceId":"i"},"request":{}}""");

        var error = await Assert.ThrowsAsync<WixPluginException>(
            () => TableOf<Rates>().Methods.Single().InvokeAsync(new Rates(), call, CancellationToken.None));

        Assert.Equal((400, "MISSING_POSTAL_CODE"), (error.StatusCode, error.ApplicationErrorCode));
    }

    private static WixPluginTable TableOf<T>()
        where T : WixPlugin, IWixPlugin => T.Table;

    private sealed class Rates : ShippingRatesPlugin
    {
        public override Task<GetShippingRatesResponse> GetShippingRatesAsync(
            GetShippingRatesRequest request, WixPluginCall call, CancellationToken cancellationToken)
        {
            if (request.ShippingDestination is not { } to)
                throw Errors.MissingPostalCode();
            var weight = request.LineItems.Sum(static line => line.Quantity * line.PhysicalProperties?.Weight);
            return Task.FromResult(new GetShippingRatesResponse
            {
                ShippingRates =
                [
                    new()
                    {
                        Code = "post",
                        Title = FormattableString.Invariant($"{to.AddressLine}, {to.Country}, {weight} kg"),
                        Cost = new() { Price = "4.90", Currency = call.Currency },
                    },
                ],
            });
        }
    }
}
