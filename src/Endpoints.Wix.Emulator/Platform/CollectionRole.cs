namespace Endpoints.Wix.Emulator;

/// <summary>Who may do something with the items of a collection, as a site's owner sets it.</summary>
public enum CollectionRole
{
    /// <summary>Everyone, visitors included.</summary>
    Anyone,

    /// <summary>Members, apps and users.</summary>
    SiteMember,

    /// <summary>The member who inserted the item, apps and users. For inserting it is the same as <see cref="SiteMember"/>.</summary>
    SiteMemberAuthor,

    /// <summary>Apps, users and API keys only.</summary>
    Admin,
}
