using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>The signature is the guard: what Wix has not signed for this app reaches nobody, and learns nothing.</summary>
public sealed class SignatureTests
{
    [Fact]
    public async Task S05_S45_No_forgery_is_handled_answered_with_a_word_or_written_down()
    {
        await using var site = await SignedSite.StartAsync();

        var forged = ForgedEvents.For(site).ToList();
        Assert.True(forged.Count >= 140, $"{forged.Count}");
        Assert.Equal(forged.Count, forged.Select(static one => one.Attack).Distinct().Count());
        foreach (var (attack, status, body) in forged)
            site.Refused(attack, status, await site.PostAsync(body), body);

        Assert.Empty(site.Site.Wix.Calls);
        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);
        Assert.Single(site.Journal.Handled);
    }

    public static TheoryData<string, string> Good => new()
    {
        { SignedText.Header, "" }, { """{"alg":"RS256"}""", "" }, { """{"alg":"RS256","typ":"JWT"}""", "" },
        { """{"typ":"jwt","alg":"RS256"}""", "" },
        { """{"alg":"RS256","kid":"any"}""", "" }, { """{"alg":"RS256","unknown":{"a":[1]}}""", "" },
        { SignedText.Header, """{"iss":"wix.com"}""" }, { SignedText.Header, """{"aud":"APP"}""" },
        { SignedText.Header, """{"aud":["other","APP"]}""" },
        { SignedText.Header, """{"iat":NOW.25}""" }, { SignedText.Header, """{"iat":null0}""" }, { SignedText.Header, """{"nbf":NOW}""" },
        { SignedText.Header, """{"jti":"x","sub":"y"}""" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_Wix_signs_is_handled_whatever_else_it_says(string header, string more)
    {
        await using var site = await SignedSite.StartAsync();
        var claims = site.Claims();
        if (more.Contains("null0", StringComparison.Ordinal))
        {
            claims.Remove("iat");
        }
        else if (more.Length > 0)
        {
            foreach (var (name, value) in JsonNode.Parse(more.Replace("APP", site.Site.Wix.App.ClientId, StringComparison.Ordinal)
                .Replace("NOW", $"{site.Now.ToUnixTimeSeconds()}", StringComparison.Ordinal))!.AsObject())
                claims[name] = value?.DeepClone();
        }

        var answer = await site.PostAsync(SignedText.Sign(header, claims.ToJsonString()));

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Body));
        Assert.Single(site.Journal.Handled);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task The_content_type_makes_no_difference(string? type)
    {
        await using var site = await SignedSite.StartAsync();
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(SignedText.Sign(SignedText.Header, site.Claims().ToJsonString())));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(HttpStatusCode.OK, (await site.Site.SendAsync("POST", SignedSite.Path, content: content)).Status);
        Assert.Single(site.Journal.Handled);
    }

    [Theory]
    [InlineData("PEM")]
    [InlineData("one line")]
    [InlineData("Windows")]
    [InlineData("Windows in one line")]
    [InlineData("base64")]
    [InlineData("PKCS#1")]
    public async Task The_key_is_read_in_each_form_that_people_have_it_in(string form)
    {
        var pem = SignedText.PublicKey;
        await using var site = await SignedSite.StartAsync(options => options.PublicKey = form switch
        {
            "one line" => pem.Replace("\n", "\\n", StringComparison.Ordinal),
            "Windows" => pem.Replace("\n", "\r\n", StringComparison.Ordinal),
            "Windows in one line" => pem.Replace("\n", "\\r\\n", StringComparison.Ordinal),
            "base64" => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)),
            "PKCS#1" => SignedText.Key.ExportRSAPublicKeyPem(),
            _ => pem,
        });

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);
    }

    [Fact]
    public async Task During_a_rotation_both_keys_count_and_no_third()
    {
        using var next = RSA.Create(3072);
        using var third = RSA.Create(2048);
        await using var site = await SignedSite.StartAsync(options => options.PublicKeys.Add(next.ExportSubjectPublicKeyInfoPem()));

        Assert.Equal(HttpStatusCode.OK, (await site.DeliverAsync()).Status);
        foreach (var (key, status) in new[] { (next, HttpStatusCode.OK), (third, HttpStatusCode.Unauthorized) })
        {
            var signed = SignedText.Sign(SignedText.Header, site.Claims().ToJsonString(), SignedText.Rs256(key));
            Assert.Equal(status, (await site.PostAsync(signed)).Status);
        }

        Assert.Equal(2, site.Journal.Handled.Count);
    }

    [Fact]
    public async Task S45_Where_the_application_wants_it_an_event_names_issuer_and_audience()
    {
        await using var site = await SignedSite.StartAsync(options => options.Events.RequireIssuerAndAudience = true);
        var app = site.Site.Wix.App.ClientId;

        foreach (var (issuer, audience, status) in new (string?, string?, HttpStatusCode)[]
        {
            (null, null, HttpStatusCode.Unauthorized), ("wix.com", null, HttpStatusCode.Unauthorized),
            (null, app, HttpStatusCode.Unauthorized), ("wix.com", app, HttpStatusCode.OK),
        })
        {
            var claims = site.Claims();
            if (issuer is not null)
                claims["iss"] = issuer;
            if (audience is not null)
                claims["aud"] = audience;
            Assert.Equal(status, (await site.PostAsync(SignedText.Sign(SignedText.Header, claims.ToJsonString()))).Status);
        }
    }

    [Fact]
    public async Task S45_The_key_of_another_app_of_the_same_developer_is_another_key()
    {
        await using var site = await SignedSite.StartAsync();
        var other = site.Site.Wix.AddApp("Other");

        var token = site.Site.Wix.SignWebhook(
            EmulatedEvent.Created("wix.contacts.v4.contact", "c", new JsonObject()), options => options.App = other);

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(token)).Status);
    }

    [Theory]
    [InlineData(EmulatedSignature.Valid, HttpStatusCode.OK)]
    [InlineData(EmulatedSignature.ForeignKey, HttpStatusCode.Unauthorized)]
    [InlineData(EmulatedSignature.TamperedClaims, HttpStatusCode.Unauthorized)]
    [InlineData(EmulatedSignature.NotSigned, HttpStatusCode.Unauthorized)]
    [InlineData(EmulatedSignature.HmacWithPublicKey, HttpStatusCode.Unauthorized)]
    [InlineData(EmulatedSignature.EmbeddedKey, HttpStatusCode.Unauthorized)]
    public async Task S45_The_emulators_signatures_count_as_they_should(EmulatedSignature signature, HttpStatusCode status)
    {
        await using var site = await SignedSite.StartAsync();

        var token = site.Site.Wix.SignWebhook(
            EmulatedEvent.Created("wix.contacts.v4.contact", "c", new JsonObject()), options => options.Signature = signature);

        Assert.Equal(status, (await site.PostAsync(token)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S23_A_body_that_is_too_large_is_refused_before_anything_of_it_is_read(bool isChunked)
    {
        await using var site = await SignedSite.StartAsync(options => options.Events.MaxBodySize = 8192);
        var body = Encoding.ASCII.GetBytes(SignedText.Sign(SignedText.Header,
            SignedText.With(site.Claims(), "more", new string('x', 16 * 1024))));
        using HttpContent content = isChunked ? new StreamContent(new Unseekable(body)) : new ByteArrayContent(body);

        var answer = await site.Site.SendAsync("POST", SignedSite.Path, content: content);

        site.Refused("too large", HttpStatusCode.RequestEntityTooLarge, answer, body);
    }

    [Fact]
    public async Task A_settings_change_brings_another_key_without_a_restart_and_a_faulty_one_changes_nothing()
    {
        using var next = RSA.Create(2048);
        await using var site = await WixSite.StartAsync(
            app => app.MapWixEvents(),
            static options => options.Inbox.Path = ":memory:",
            build: builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Wix:PublicKey"] = SignedText.PublicKey });
                builder.Services.AddWix(builder.Configuration);
            });
        var configuration = (IConfigurationRoot)site.Services.GetRequiredService<IConfiguration>();
        async Task<HttpStatusCode> SendAsync(RSA key)
        {
            var claims = SignedText.Claims(SignedText.Envelope(site.Wix.InstanceId, "e"), site.Clock.GetUtcNow());
            var token = SignedText.Sign(SignedText.Header, claims.ToJsonString(), SignedText.Rs256(key));
            return (await site.SendAsync("POST", SignedSite.Path, content: new StringContent(token))).Status;
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await SendAsync(SignedText.Key), await SendAsync(next)));

        configuration["Wix:PublicKey"] = next.ExportSubjectPublicKeyInfoPem();
        configuration.Reload();
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await SendAsync(SignedText.Key), await SendAsync(next)));

        configuration["Wix:PublicKey"] = "nonsense";
        _ = Record.Exception(configuration.Reload); // who watches the options is told so
        Assert.Equal(HttpStatusCode.OK, await SendAsync(next));
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
