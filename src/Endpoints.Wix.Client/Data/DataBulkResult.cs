namespace Endpoints.Wix;

/// <summary>Represents what became of one item of many. Each succeeds or fails by itself.</summary>
/// <param name="Index">The item's place in the call.</param>
/// <param name="Id">The item's id; <see langword="null"/> when Wix named none.</param>
/// <param name="Succeeded">Whether it was done.</param>
/// <param name="ErrorCode">Wix's code for what is wrong; <see langword="null"/> when nothing is, or Wix named none.</param>
public sealed record DataBulkResult(int Index, string? Id, bool Succeeded, string? ErrorCode);
