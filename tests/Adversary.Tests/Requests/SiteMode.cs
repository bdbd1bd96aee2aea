namespace Adversary.Tests.Requests;

/// <summary>The session store of the site that is attacked.</summary>
internal enum SiteMode
{
    Protected,
    Compatible,
}
