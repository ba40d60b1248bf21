// The rules of an order as somebody would write them in a Synapse script mediator: prices, quantity tiers, promotion,
// stock, totals. Amounts are whole cents, so that no digit is lost; halves are rounded up. In and out are the message
// properties of the class mediators.
var quantityTiers = [[25, 1500], [10, 1000], [5, 500]]; // copies of one book, hundredths of a percent off
var taxRate = 825; // ten-thousandths
var maximum = 9999999999; // DECIMAL(10,2)

function cents(decimal) {
    return Number(decimal.unscaledValue().longValue());
}

function share(amount, tenThousandths) {
    return Math.floor((amount * tenThousandths + 5000) / 10000);
}

function money(amount) {
    var rest = amount % 100;
    return ((amount - rest) / 100) + (rest < 10 ? '.0' : '.') + rest;
}

function tierRate(quantity) {
    for (var i = 0; i < quantityTiers.length; i++) {
        if (quantity >= quantityTiers[i][0]) {
            return quantityTiers[i][1];
        }
    }
    return 0;
}

function promotionRate(request, catalog) {
    if (!request.promoCode().isPresent()) {
        return 0;
    }
    var now = java.time.Instant.now();
    if (!catalog.promotion().isPresent() || !catalog.promotion().get().code().equalsIgnoreCase(request.promoCode().get())
            || !catalog.promotion().get().isValidAt(now)) {
        throw 'promo_code_invalid';
    }
    return cents(catalog.promotion().get().rate().setScale(4));
}

function mediate(mc) {
    var request = mc.getProperty('bookstore.orderRequest');
    var catalog = mc.getProperty('bookstore.catalog');
    var promotion = promotionRate(request, catalog);
    var unknown = [];
    var shortages = [];
    var items = [];
    var subtotal = 0;
    var discountTotal = 0;
    var lines = request.lines();
    for (var i = 0, size = lines.size(); i < size; i++) {
        var line = lines.get(i);
        var found = catalog.find(line.bookId());
        if (!found.isPresent()) {
            unknown.push(line.bookId());
            continue;
        }
        var book = found.get();
        var quantity = Number(line.quantity());
        if (quantity > book.stockQuantity()) {
            shortages.push(line.bookId());
        }
        var unitPrice = cents(book.price());
        var gross = unitPrice * quantity;
        var tierDiscount = share(gross, tierRate(quantity));
        var discount = tierDiscount + share(gross - tierDiscount, promotion);
        subtotal += gross;
        discountTotal += discount;
        items.push('{"bookId": ' + line.bookId() + ', "title": ' + JSON.stringify(String(book.title())) + ', "quantity": ' + quantity
                + ', "unitPrice": ' + money(unitPrice) + ', "discount": ' + money(discount) + ', "lineTotal": ' + money(gross - discount) + '}');
    }
    if (unknown.length > 0) {
        throw 'unknown_book ' + unknown.join();
    }
    if (shortages.length > 0) {
        throw 'out_of_stock ' + shortages.join();
    }
    var net = subtotal - discountTotal;
    var tax = share(net, taxRate);
    if (Math.max(subtotal, net + tax) > maximum) {
        throw 'total_too_large';
    }
    var promoCode = request.promoCode().isPresent() ? '"' + request.promoCode().get() + '"' : 'null';
    mc.setProperty('bookstore.orderJson', '{"currency": "USD", "items": [' + items.join(', ') + '], "subtotal": ' + money(subtotal)
            + ', "discountTotal": ' + money(discountTotal) + ', "taxTotal": ' + money(tax) + ', "totalAmount": ' + money(net + tax)
            + ', "promoCode": ' + promoCode + ', "deliveryAddress": null}');
    return true;
}
