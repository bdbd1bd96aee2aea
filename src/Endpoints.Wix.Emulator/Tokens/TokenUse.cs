namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>What a token is good for; one kind never passes for another.</summary>
internal enum TokenUse
{
    Access,
    Refresh,
    Session,
}
