namespace Endpoints.Wix.Emulator.Answers;

/// <summary>Represents an error response that ends an operation.</summary>
internal sealed class ApiException(Answer answer) : Exception($"Answered {answer.StatusCode}.")
{
    public Answer Answer { get; } = answer;

    public static ApiException NotFound(string what, string? id) =>
        new(Answer.Error(404, "NOT_FOUND", $"{what} '{id}' was not found."));

    public static ApiException Forbidden(string description, string? permission = null) =>
        new(Answer.Error(403, "PERMISSION_DENIED", description, permission is null ? null : new() { ["permission"] = permission }));

    public static ApiException Violation(string field, string description, string rule = "REQUIRED_FIELD") =>
        new(Answer.Violation(field, description, rule));
}
