using System.Net;
using System.Text;

namespace Endpoints.Wix.Emulator.Tests;

public sealed class EveryRouteTests : EmulatorTest
{
    private static readonly string[] Open =
    [
        "POST /oauth2/token", "POST /oauth2/token-info", "POST /oauth/access", "GET /_login", "POST /_login", "GET /_login/logout",
        "GET /_login/visit",
        "GET /installer/install", "POST /installer/install", "PUT /_upload/{name}", "GET /_emulator/emulator.css",
    ];

    public static TheoryData<string> HostileBodies =>
    [
        "[]",
        "1",
        "null",
        "{",
        """{"query":1,"search":[],"dataCollectionId":"Events","dataItem":[],"dataItems":{},"dataItemIds":[{}],"patch":1,"patches":[1]}""",
        """{"query":{"filter":{"$and":1},"sort":[1],"paging":{"limit":"x"}},"search":{"filter":[]},"dataCollectionId":"Events"}""",
        """{"query":{"filter":{"a":{"$in":1}},"cursorPaging":{"cursor":"x"}},"search":{"cursorPaging":{"cursor":5,"limit":-1}}}""",
        """{"query":{"paging":{"offset":-1}},"dataCollectionId":{"a":1},"fieldsets":[{}],"fieldsets2":1}""",
        """{"dataCollectionId":"Reviews","dataItem":{"id":{},"data":{"_owner":{}}},"dataItems":[1,null,{"data":7}],"returnEntity":"yes"}""",
        """{"dataCollectionId":"Events","patch":{"dataItemId":5,"fieldModifications":[{"fieldPath":7}]},"patches":[{"dataItemId":{}}]}""",
        """{"product":{"name":{},"productType":[],"variantsInfo":{"variants":[1,{"price":7}]},"revision":{}},"inventoryItem":{"revision":1,"quantity":{}}}""",
        """{"inventoryItems":[1,{"inventoryItem":7}],"incrementData":[{"inventoryItemId":{},"incrementBy":"x"}],"decrementData":[null]}""",
        """{"member":{"loginEmail":{},"contact":7,"profile":[]},"booking":1,"revision":{},"slot":7,"order":{"id":1}}""",
        """{"orderId":{},"paymentRefunds":[1,{"paymentId":{},"amount":{"amount":{}}}],"payments":[{}],"fulfillment":{"lineItems":[1,{}]},"details":7}""",
        """{"auth":{"authRequest":{"clientId":{},"redirectUri":7}},"callbacks":7}""",
        """{"auth":{"authRequest":7},"logout":{"clientId":[]},"login":7,"callbacks":{"postFlowUrl":{}}}""",
        """{"logout":{"clientId":7},"ecomCheckout":{}}""",
        """{"loginId":7,"password":{},"profile":7,"captchaTokens":[7],"mimeType":{},"url":{},"displayName":[]}""",
        """{"url":"javascript:alert(1)","mimeType":"a/b/c","displayName":7,"grantType":"authorization_code","codeVerifier":"é","token":"é"}""",
        """{"businessProfile":{"logo":{}},"fields":7,"businessSchedule":7,"consentPolicy":[]}""",
        """{"channelType":7,"lineItems":{},"checkoutInfo":7,"couponCode":{},"checkout":{"shippingInfo":7}}""",
        """{"channelType":"WEB","lineItems":[1,{"catalogReference":7,"quantity":{}}],"checkoutInfo":{"shippingInfo":{"shippingDestination":7}}}""",
        """{"channelType":"WEB","lineItems":[],"checkoutInfo":{"shippingInfo":{"selectedCarrierServiceOption":{"code":{}}},"buyerInfo":[1]}}""",
        """{"a":1,"a":2}""",
    ];

    [Fact]
    public async Task Every_route_that_is_not_open_refuses_a_call_without_a_token()
    {
        foreach (var route in Wix.Routes.Except(Open))
        {
            using var response = await Client.CallAsync(Concrete(route));
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{route} answered {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Every_route_that_is_not_open_refuses_a_token_of_another_platform()
    {
        await using var elsewhere = await WixEmulator.StartAsync();
        var token = elsewhere.IssueToken(EmulatedIdentity.App());
        foreach (var route in Wix.Routes.Except(Open))
        {
            using var response = await Client.CallAsync(Concrete(route), token);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{route} answered {response.StatusCode}");
        }
    }

    [Fact]
    public async Task No_visitor_changes_what_is_not_open_to_visitors()
    {
        string[] forVisitors =
        [
            "/wix-data/", "/redirect-session", "/_api/redirects-api/", "/headless/", "/_api/iam/",
            "/members/v1/members/query", "/stores/v3/products/query", "/ecom/v1/checkouts",
        ];
        var visitor = Wix.IssueToken(EmulatedIdentity.Visitor());
        var routes = Wix.Routes.Except(Open)
            .Where(r => !r.StartsWith("GET ", StringComparison.Ordinal) && !forVisitors.Any(p => r.Contains(p, StringComparison.Ordinal)));
        foreach (var route in routes)
        {
            using var response = await Client.CallAsync(Concrete(route), visitor, new { });
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{route} answered {response.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(HostileBodies))]
    public async Task No_body_makes_a_route_fail_inside(string body)
    {
        var packed = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        foreach (var route in Wix.Routes)
        {
            foreach (var token in new[] { AppToken(), Wix.IssueToken(EmulatedIdentity.Member()) })
            {
                var isGet = route.StartsWith("GET ", StringComparison.Ordinal);
                using var response = await Client.CallAsync(Concrete(route) + (isGet ? $"?.r={packed}" : ""), token, isGet ? null : body);
                Assert.True((int)response.StatusCode < 500, $"{route} answered {response.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("GET /stores/v3/products/query?.r=%25%25")]
    [InlineData("GET /stores/v3/products/query?.r=e30")]
    [InlineData("GET /stores/v3/products/..%2f..%2fusers")]
    [InlineData("GET /wix-data/v2/items/x?dataCollectionId=")]
    [InlineData("GET /wix-data/v2/items/x?dataCollectionId=a&dataCollectionId=b")]
    [InlineData("GET /installer/install?appId=x&redirectUrl=%00")]
    public async Task No_address_makes_a_route_fail_inside(string route)
    {
        using var response = await Client.CallAsync(route, AppToken());

        Assert.True((int)response.StatusCode < 500);
    }

    // An id that nothing has, in place of each parameter; the real ids have their own tests.
    private static string Concrete(string route) =>
        System.Text.RegularExpressions.Regex.Replace(route, @"\{\w+\}", "00000000-0000-0000-0000-000000000000");
}
