namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Specifies what an operation does with the entities of its service.</summary>
internal enum OperationKind
{
    /// <summary>Nothing that the packages say: the request is checked, and an example is answered.</summary>
    Example,

    Create,

    /// <summary>Creates another entity like the one that is there.</summary>
    Copy,

    /// <summary>Changes the entity that is there, or creates it.</summary>
    Upsert,

    Get,
    Update,
    Delete,

    /// <summary>Changes one entity otherwise: its state, its tags, or fields that the request has.</summary>
    Act,

    Query,
    Count,

    /// <summary>Does one of the others for each entity of a list.</summary>
    Bulk,

    /// <summary>Does one of the others for each entity that a filter finds.</summary>
    ByFilter,
}
