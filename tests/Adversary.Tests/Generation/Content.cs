namespace Adversary.Tests.Generation;

/// <summary>The body that a surface accepts.</summary>
internal enum Content
{
    None,
    Json,
    Form,
    File,
    Bytes,
    Socket,
}
