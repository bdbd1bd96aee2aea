namespace Endpoints.Wix.Emulator;

/// <summary>Represents a member of a site.</summary>
public sealed class EmulatedMember
{
    internal EmulatedMember(string id, string contactId, string email, string nickname)
    {
        Id = id;
        ContactId = contactId;
        Email = email;
        Nickname = nickname;
    }

    /// <summary>Gets the identifier of the member.</summary>
    public string Id { get; }

    /// <summary>Gets the identifier of the member's contact.</summary>
    public string ContactId { get; }

    /// <summary>Gets the email address that the member logs in with.</summary>
    public string Email { get; }

    /// <summary>Gets the name that is visible to others.</summary>
    public string Nickname { get; }

    /// <summary>Returns the nickname and the identifier.</summary>
    public override string ToString() => $"{Nickname} ({Id})";
}
