namespace Adversary.Tests.Requests;

/// <summary>How the site that is attacked keeps sessions.</summary>
internal enum SiteMode
{
    Protected,
    Compatible,
}
