namespace Endpoints.Wix.Emulator;

/// <summary>A member of a site.</summary>
public sealed class EmulatedMember
{
    internal EmulatedMember(string id, string contactId, string email, string nickname)
    {
        Id = id;
        ContactId = contactId;
        Email = email;
        Nickname = nickname;
    }

    /// <summary>The member's id.</summary>
    public string Id { get; }

    /// <summary>The id of the contact that the member is.</summary>
    public string ContactId { get; }

    /// <summary>The address that the member logs in with.</summary>
    public string Email { get; }

    /// <summary>The name that others see.</summary>
    public string Nickname { get; }

    /// <summary>Gives the nickname and the id.</summary>
    public override string ToString() => $"{Nickname} ({Id})";
}
