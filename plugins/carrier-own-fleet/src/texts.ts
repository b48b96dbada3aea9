/** What is printed on the label, by language. */
export const texts = {
  en: {
    from: 'From',
    to: 'To',
    order: 'Order',
    parcel: 'Parcel',
    'parcel-of': '{index} of {count}',
    weight: 'Weight',
    tracking: 'Tracking number',
    standard: 'NEXT WORKING DAY',
    'same-day': 'SAME DAY',
  },
  zh: {
    from: '寄件人',
    to: '收件人',
    order: '订单',
    parcel: '包裹',
    'parcel-of': '第 {index} 件，共 {count} 件',
    weight: '重量',
    tracking: '运单号',
    standard: '次日达',
    'same-day': '当日达',
  },
} as const;
