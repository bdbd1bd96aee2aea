namespace Endpoints.Naming;

/// <summary>Placeholder of the grammar of file names.</summary>
internal static class RouteName
{
}
