using Adversary.Tests.Requests;
using Endpoints.Wix.Emulator;

namespace Adversary.Tests.Hosting;

/// <summary>
/// The emulated Wix behind the sites, with two of its own sites, two apps, and everybody whose credentials the attacker holds.
/// </summary>
internal sealed class Platform : IAsyncDisposable
{
    public const string ClientSecret = "cnry-client-secret-0123456789";
    public const string ApiKey = "cnry-api-key-0123456789";

    private Platform(WixEmulator wix) => Wix = wix;

    public WixEmulator Wix { get; }

    public IReadOnlyDictionary<string, Person> Persons { get; private set; } = new Dictionary<string, Person>();

    /// <summary>The member whom the application's own policy lets in.</summary>
    public Person Staff => Persons["ada"];

    public static async Task<Platform> StartAsync()
    {
        var wix = await WixEmulator.StartAsync(static options =>
        {
            options.ClientSecret = ClientSecret;
            options.ApiKey = ApiKey;
            options.AllowLoopbackRedirects = true;
            options.CallLogCapacity = 200_000;
            options.AccessTokenLifetime = TimeSpan.FromDays(2); // nothing ends while an attack lasts
        });
        var platform = new Platform(wix);
        platform.People();
        return platform;
    }

    public ValueTask DisposeAsync() => Wix.DisposeAsync();

    private void People()
    {
        var second = Wix.AddSite("Second shop");
        var instance = Wix.App.InstallOn(second);
        var other = Wix.AddApp("Another app", Wix.Site);
        Action<EmulatedTokenOptions> onSecond = token => token.For(Wix.App, second);
        var ada = Wix.Site.AddMember("ada@adversary.example", "ada").Id;
        var grace = Wix.Site.AddMember("grace@adversary.example", "grace").Id;
        var leaving = Wix.Site.AddMember("leaving@adversary.example", "leaving").Id;

        List<Person> all =
        [
            Of("visitor", EmulatedIdentity.Visitor(Guid.NewGuid().ToString()), Wix.InstanceId),
            Of("ada", EmulatedIdentity.Member(ada), Wix.InstanceId),
            Of("grace", EmulatedIdentity.Member(grace), Wix.InstanceId),
            Of("leaving", EmulatedIdentity.Member(leaving), Wix.InstanceId),
            Of("user", EmulatedIdentity.User(Guid.NewGuid().ToString()), Wix.InstanceId),
            Of("app", EmulatedIdentity.App(), Wix.InstanceId),
            Of("visitor-elsewhere", EmulatedIdentity.Visitor(Guid.NewGuid().ToString()), instance, onSecond),
            Of("member-elsewhere", EmulatedIdentity.Member(Guid.NewGuid().ToString()), instance, onSecond),
            Of("user-elsewhere", EmulatedIdentity.User(Guid.NewGuid().ToString()), instance, onSecond),
            Of("app-elsewhere", EmulatedIdentity.App(), instance, onSecond),
            // Names its site and not the instance there; the first is on the configured instance's site.
            Of("bare", EmulatedIdentity.Member(Guid.NewGuid().ToString()), Wix.InstanceId, static token => token.InstanceId = null),
            Of("bare-elsewhere", EmulatedIdentity.Member(Guid.NewGuid().ToString()), null,
                token => (token.SiteId, token.InstanceId) = (second.Id, null)),
            Of("bare-user", EmulatedIdentity.User(Guid.NewGuid().ToString()), null, static token => token.InstanceId = null),
            Unknown("expired", EmulatedIdentity.User(), static token => token.Expired()),
            Unknown("inactive", EmulatedIdentity.App(), static token => token.Inactive = true),
            Unknown("foreign", EmulatedIdentity.User(), token => token.For(other, Wix.Site)),
            Unknown("revoked", EmulatedIdentity.Member(ada), static _ => { }),
        ];
        Wix.Revoke(all[^1].Token);
        Persons = all.ToDictionary(static person => person.Name);

        Person Unknown(string name, EmulatedIdentity identity, Action<EmulatedTokenOptions> configure) =>
            Of(name, identity, null, configure) with { IsKnown = false };

        Person Of(string name, EmulatedIdentity identity, string? acting, Action<EmulatedTokenOptions>? configure = null) =>
            new(name, identity.Kind.ToString(), identity.Id ?? Wix.App.ClientId, acting, Wix.IssueToken(identity, configure));
    }
}
