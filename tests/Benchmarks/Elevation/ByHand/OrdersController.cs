using System.Security.Claims;
using Benchmarks.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Benchmarks.Elevation.ByHand;

[ApiController]
[Authorize(GuardedByHand.Policy)]
[RequestSizeLimit(GuardedByHand.LargestBody)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[Route("elevated/orders")]
public sealed class OrdersController : ControllerBase
{
    [HttpPost]
    [ServiceFilter<ValidationActionFilter<ValidatedOrder>>]
    public Receipt Post(ValidatedOrder order) => new(User.FindFirstValue(ClaimTypes.NameIdentifier), order.Customer, order.Quantity);

    [HttpGet("{id}")]
    public Receipt Get(string id) => new(User.FindFirstValue(ClaimTypes.NameIdentifier), id, 1);
}
