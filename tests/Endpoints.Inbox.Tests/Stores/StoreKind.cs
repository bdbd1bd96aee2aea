namespace Endpoints.Inbox.Tests.Stores;

/// <summary>The stores that every test of the contract runs on.</summary>
public enum StoreKind
{
    Sqlite,
    Redis,
}
