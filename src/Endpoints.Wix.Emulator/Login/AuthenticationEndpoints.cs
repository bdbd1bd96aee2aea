using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Login;

/// <summary>Registers members and logs them in by email and password, for apps with their own login page.</summary>
internal sealed class AuthenticationEndpoints(PlatformDirectory directory, TokenIssuer tokens, MemberDirectory members, TimeProvider time)
{
    private const string MissingCaptcha = "-19971";
    private const string InvalidCaptcha = "-19970";
    private const string EmailExists = "-19995";
    private const string WrongPassword = "-19976";
    private const int ShortestPassword = 4;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public IEnumerable<Operation> Operations =>
    [
        Ops.Write("POST /_api/iam/authentication/v2/register", Access.Any, null, Register),
        Ops.Read("POST /_api/iam/authentication/v2/login", Access.Any, null, Login),
    ];

    private static (string Email, string Password) Read(ApiRequest request)
    {
        CheckCaptcha(request);
        var email = request.Json["loginId"].At("email").AsText();
        if (!MemberDirectory.IsEmail(email))
        {
            throw new ApiException(Answer.Violation(
                "loginId.email", "must be an email address", "FORMAT", new() { ["type"] = "EMAIL" }));
        }

        return (email, request.Json["password"].AsText() ?? "");
    }

    private static void CheckCaptcha(ApiRequest request)
    {
        if (!request.Site.RequireCaptcha)
            return;
        var token = (request.Json["captchaTokens"] as JsonArray)?
            .OfType<JsonObject>()
            // Recaptcha or InvisibleRecaptcha, in whichever casing
            .SelectMany(static one => one.Select(static pair => pair.Value.AsText()))
            .FirstOrDefault(static one => !string.IsNullOrEmpty(one));
        if (token is null)
            throw Refused(MissingCaptcha, "A captcha token is missing.");
        if (token == "invalid")
            throw Refused(InvalidCaptcha, "The captcha token is invalid.");
    }

    private static ApiException Refused(string code, string description) => new(Answer.Error(400, code, description));

    private Answer Register(ApiRequest request, SiteData data)
    {
        var (email, password) = Read(request);
        if (password.Length < ShortestPassword)
            throw ApiException.Violation("password", $"must have at least {ShortestPassword} characters", "MIN_LENGTH");
        if (MemberDirectory.FindByEmail(data, email) is not null)
            throw Refused(EmailExists, "There is a member with this email address.");
        var profile = request.Json["profile"];
        var member = members.Add(
            data,
            email,
            profile.At("nickname").AsText() ?? profile.At("firstName").AsText(),
            password,
            request.Site.RequireApproval ? "PENDING" : "APPROVED");
        request.Raise(Entities.Created(Entities.Member, member));
        return Outcome(request, member);
    }

    // An unknown address and a wrong password are told in the same words: nobody finds out who is a member.
    private Answer Login(ApiRequest request, SiteData data)
    {
        var (email, password) = Read(request);
        var member = MemberDirectory.FindByEmail(data, email);
        return member is not null && members.PasswordIs(data, member["id"].AsText()!, password) // every member has an id
            ? Outcome(request, member)
            : throw Refused(WrongPassword, "The email address or the password is wrong.");
    }

    private Answer Outcome(ApiRequest request, JsonObject member)
    {
        if (member["status"].AsText() != "APPROVED")
            return Answer.Json(new JsonObject { ["state"] = "REQUIRE_OWNER_APPROVAL" });
        var app = directory.FindApp(request.Caller.ClientId) ?? throw ApiException.Forbidden("Members log in with the token of a client.");
        var subject = TokenSubject.On(app, request.Site, EmulatedIdentityKind.Member, member["id"].AsText()!);
        return Answer.Json(new JsonObject
        {
            ["state"] = "SUCCESS",
            ["sessionToken"] = tokens.Issue(TokenUse.Session, subject, time.GetUtcNow(), Lifetime, active: true, bound: false),
            ["identity"] =
                new JsonObject { ["id"] = member["id"]?.DeepClone(),
                    ["email"] = new JsonObject { ["address"] = member["loginEmail"]?.DeepClone() } },
        }).With("Cache-Control", "no-store");
    }
}
