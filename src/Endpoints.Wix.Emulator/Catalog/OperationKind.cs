namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Specifies what an operation does with the entities of its service.</summary>
internal enum OperationKind
{
    Create,
    Get,
    Update,
    Delete,
    Query,
    Count,
}
