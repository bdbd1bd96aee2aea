using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Apps;
using Endpoints.Wix.Emulator.Bookings;
using Endpoints.Wix.Emulator.Checkouts;
using Endpoints.Wix.Emulator.DataItems;
using Endpoints.Wix.Emulator.Events;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Installation;
using Endpoints.Wix.Emulator.Login;
using Endpoints.Wix.Emulator.Media;
using Endpoints.Wix.Emulator.Members;
using Endpoints.Wix.Emulator.OAuth;
using Endpoints.Wix.Emulator.Orders;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.SiteProperties;
using Endpoints.Wix.Emulator.Stores;
using Endpoints.Wix.Emulator.Tokens;

namespace Endpoints.Wix.Emulator;

/// <summary>Lists all operations of the platform.</summary>
internal static class Operations
{
    public static IReadOnlyList<Operation> All(
        WixEmulatorOptions options, PlatformDirectory directory, TokenIssuer tokens, LoginState logins, MemberDirectory members,
        ServicePlugins plugins, EmulatedApp app)
    {
        var time = options.TimeProvider;
        var style = Asset.Style("emulator.css");
        return
        [
            .. new TokenEndpoints(directory, tokens, logins, options).Operations,
            .. new TokenInfoEndpoint(tokens, options).Operations,
            .. new LegacyTokenEndpoint(directory, tokens, logins, time).Operations,
            .. new RedirectSessionEndpoints(directory, logins).Operations,
            .. new LoginPage(logins, tokens, members, time).Operations,
            .. new AuthenticationEndpoints(directory, tokens, members, time).Operations,
            .. new InstallPage(directory, logins).Operations,
            .. new AppInstanceEndpoint(directory).Operations,
            .. new SiteListEndpoint(directory).Operations,
            .. SitePropertiesEndpoints.Operations,
            .. new DataItemEndpoints(time).Operations,
            .. new ProductEndpoints(time).Operations,
            .. new InventoryEndpoints(time).Operations,
            .. new MemberEndpoints(members, time).Operations,
            .. new BookingEndpoints(time).Operations,
            .. new OrderEndpoints(time).Operations,
            .. new PaymentEndpoints(time).Operations,
            .. new CheckoutEndpoints(plugins, app, time).Operations,
            .. new MediaEndpoints(time).Operations,
            new("GET", HtmlPage.StylePath, Access.Open, null, _ => new(style)),
        ];
    }
}
