namespace Endpoints.Wix.Emulator;

/// <summary>Who a token is issued to.</summary>
public sealed class EmulatedIdentity
{
    private EmulatedIdentity(EmulatedIdentityKind kind, string? id)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>The kind of identity. Never <see cref="EmulatedIdentityKind.ApiKey"/>: keys are not tokens.</summary>
    public EmulatedIdentityKind Kind { get; }

    /// <summary>The id of the visitor, member or user; null for an app, whose id is the token's client id.</summary>
    public string? Id { get; }

    /// <summary>An anonymous visitor.</summary>
    /// <param name="visitorId">The visitor's id; a new one by default.</param>
    public static EmulatedIdentity Visitor(string? visitorId = null) =>
        new(EmulatedIdentityKind.Visitor, visitorId ?? Guid.NewGuid().ToString());

    /// <summary>A member. The id needs no matching member on the site, so that tests can make up any.</summary>
    /// <param name="memberId">The member's id; a new one by default.</param>
    public static EmulatedIdentity Member(string? memberId = null) =>
        new(EmulatedIdentityKind.Member, memberId ?? Guid.NewGuid().ToString());

    /// <summary>A Wix user, as in a dashboard.</summary>
    /// <param name="userId">The user's id; a new one by default.</param>
    public static EmulatedIdentity User(string? userId = null) =>
        new(EmulatedIdentityKind.User, userId ?? Guid.NewGuid().ToString());

    /// <summary>The app itself.</summary>
    public static EmulatedIdentity App() => new(EmulatedIdentityKind.App, null);
}
