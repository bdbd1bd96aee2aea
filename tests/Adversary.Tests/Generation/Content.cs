namespace Adversary.Tests.Generation;

/// <summary>What a surface takes as its body.</summary>
internal enum Content
{
    None,
    Json,
    Form,
    File,
    Bytes,
    Socket,
}
