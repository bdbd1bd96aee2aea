namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>Specifies the purpose of a token. A token of one kind is never accepted as another.</summary>
internal enum TokenUse
{
    Access,
    Refresh,
    Session,
}
