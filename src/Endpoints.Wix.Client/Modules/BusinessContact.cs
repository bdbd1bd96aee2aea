using Endpoints.Wix.Modules;

namespace Endpoints.Wix;

/// <summary>Represents the contact details of a business. In an update, <see langword="null"/> leaves a property unchanged.</summary>
public sealed record BusinessContact
{
    /// <summary>Gets the email address.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the fax number.</summary>
    public string? Fax { get; init; }

    /// <summary>Gets the address.</summary>
    public SiteAddress? Address { get; init; }

    /// <summary>Returns the names of the properties that are set, in Wix's format.</summary>
    internal string Mask() => FieldMask.Of(("email", Email), ("phone", Phone), ("fax", Fax), ("address", Address));
}
