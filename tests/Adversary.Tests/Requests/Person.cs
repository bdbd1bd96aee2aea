namespace Adversary.Tests.Requests;

/// <summary>Somebody whose credentials the attacker holds, and what is true of them.</summary>
/// <param name="Name">What requests call them.</param>
/// <param name="Kind">What Wix takes them for.</param>
/// <param name="Id">Their id at Wix.</param>
/// <param name="Instance">The app's instance that may act for them.</param>
/// <param name="Token">Their access token.</param>
/// <param name="IsKnown">Whether Wix accepts the token, as this app's.</param>
internal sealed record Person(string Name, string Kind, string Id, string? Instance, string Token, bool IsKnown = true)
{
    /// <summary>Determines whether they can have a session: users and apps have none.</summary>
    public bool MayHaveSession => Kind is "Visitor" or "Member";

    public override string ToString() => $"{Name} ({Kind} {Id})";
}
